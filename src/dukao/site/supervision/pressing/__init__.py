"""督办: reminders, notices, letters, instructions, meetings, bulletins."""
