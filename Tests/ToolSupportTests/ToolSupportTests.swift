// ToolSupport tests
