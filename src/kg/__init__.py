"""kg: documents about territorial conflicts -> linked data that can be trusted."""
