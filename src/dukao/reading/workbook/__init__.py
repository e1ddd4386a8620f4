"""Excel workbooks, read row by row; the one way they are read in the whole house."""
