"""The rules of the town's plan, pure: no file is opened, nothing printed, no clock read."""
