"""A finished report and a stream: nothing else comes in here."""
