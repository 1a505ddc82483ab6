"""The same film by other means. Each module is a command: folder of the inputs, file to write, number of shots, crf."""
