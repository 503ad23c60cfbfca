"""What weeks of service do to customers, people and money, over months."""
