"""Access to the operating system: files, archives, temporary storage and other programs."""
