"""Films that are watched while they are made: HLS playlists of the gapless beginning."""
