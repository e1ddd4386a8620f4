"""推进方案: how a task will be delivered, as first promised and as changed."""
