"""What all tests share."""

from hypothesis import settings

# Machines that run these tests are busy: a slow example is no failure.
settings.register_profile("busy", deadline=None)
settings.load_profile("busy")
