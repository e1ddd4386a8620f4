"""A breakdown held against its report: what each row goes back to, what differs, what nobody took up."""
