"""What a case gives to each population that is counted, as it stood on the last day of a period."""
