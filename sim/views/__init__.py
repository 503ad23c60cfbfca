"""What people see: charts, sentences, and the pages that join them to the experiment."""
