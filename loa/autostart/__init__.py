"""Files with which an operating system starts the scheduler by itself."""
