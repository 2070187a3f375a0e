"""One message to many people: laid out, guarded, sent in calls at a pace, and never twice without a person's word."""
