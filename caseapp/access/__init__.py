"""Who may do what: permissions, reasons and the one table that joins them. No Flask, no SQL."""
