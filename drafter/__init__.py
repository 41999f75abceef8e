"""drafter drafts 工作总结 whose every number stays traceable to its input."""
