"""When something was, and of what standing it is: now, the past, a record, a sum over time, a plan."""
