"""What a person brings along: pictures, footage, tracks and fonts, streamed into the object store."""
