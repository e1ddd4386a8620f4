"""Room `supervision`: the year between breakdown and next report: plan, file, see, press, close."""
