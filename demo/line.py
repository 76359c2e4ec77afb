#!/usr/bin/python3
"""A telephone line for the demonstration: what comes in at one port of
127.0.0.1 goes out to another, in both directions.  To cut the line, end it.

Usage: line.py FROM TO        line.py --free   (prints a port that is free)
"""
import socket
import sys
import threading

HOST = "127.0.0.1"
BYTES = 65536


def carry(source, target):
    """All bytes of one direction, then its end."""
    try:
        while data := source.recv(BYTES):
            target.sendall(data)
    except OSError:
        pass
    for end in (source, target):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def main():
    if sys.argv[1:] == ["--free"]:
        with socket.socket() as s:
            s.bind((HOST, 0))
            print(s.getsockname()[1])
        return
    port, target = int(sys.argv[1]), int(sys.argv[2])
    with socket.create_server((HOST, port)) as line:
        while True:
            near, _ = line.accept()
            try:
                far = socket.create_connection((HOST, target))
            except OSError:
                near.close()
                continue
            for pair in (near, far), (far, near):
                threading.Thread(target=carry, args=pair, daemon=True).start()


main()
