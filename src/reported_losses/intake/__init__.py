"""From reports and upstream records to rows."""
