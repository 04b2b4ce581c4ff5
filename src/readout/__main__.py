"""`python -m readout`, the same as the command `readout`."""

from readout.present.cli.app import main

if __name__ == "__main__":
    main()
