"""Everything that touches the world, one file each, named `<thing>_<port>.py`."""
