"""What people see of a check beside its findings: word by word differences, figures, and a page of them."""
