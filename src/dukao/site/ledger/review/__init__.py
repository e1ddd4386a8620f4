"""The review of a draft: what is proposed, what is asked, how it is settled, and the rows changed by hand."""
