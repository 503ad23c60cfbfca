"""What months of two plans amount to, for pictures, sentences and tables; nothing here draws."""
