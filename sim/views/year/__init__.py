"""The year: a page on which two plans live through the same months, and customers, money and people answer."""

from sim.views.year.page import YearPage, year_page

__all__ = ["YearPage", "year_page"]
