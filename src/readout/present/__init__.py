"""From the Engine to people and programs: command line, web site. The only place that turns errors into statuses."""
