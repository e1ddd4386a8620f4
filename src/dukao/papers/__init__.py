"""Room `papers`: plain values → workbook and review page."""
