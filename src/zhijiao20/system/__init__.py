"""Files, archives, temporary storage and other programs: everything that touches the operating system."""
