"""报送: rounds that open by themselves, and what units file in them with its evidence."""
