"""Rows become tasks and livelihood contents: who leads, until when, what remarks and traces say."""
