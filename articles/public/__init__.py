"""What readers see. It knows records and the door, and no way to the desk."""
