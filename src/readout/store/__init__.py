"""The only package that speaks SQL: values in, values out."""
