"""Plan, approve, beat, reconcile: the desk's side of every delivery."""
