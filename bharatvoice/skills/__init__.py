"""What the assistant can do: one file per skill; phrases, replies and their tests lie beside them as data."""
