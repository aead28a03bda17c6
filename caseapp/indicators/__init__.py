"""What is counted: definitions, and one pass over the opened cases that gives tables of counts."""
