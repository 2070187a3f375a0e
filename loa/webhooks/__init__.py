"""The door for what gateways report: receipts and messages of citizens, kept before they are answered."""
