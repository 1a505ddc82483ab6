"""What a person brings along: pictures and footage, streamed into the object store."""
