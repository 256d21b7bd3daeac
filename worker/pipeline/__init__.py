"""From articles to tallies without a broker: the pure steps that the stream shell and the commands share."""
