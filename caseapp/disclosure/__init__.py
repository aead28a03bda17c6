"""What may leave: tables of counts in, released tables out. Knows nothing of cases."""
