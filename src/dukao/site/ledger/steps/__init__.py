"""The way of a breakdown through the office: consultation, approval, issue, supplements, and their papers."""
