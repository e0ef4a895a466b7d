"""What shell commands are for: the table, how they are spelt, and what the settings add to it."""
