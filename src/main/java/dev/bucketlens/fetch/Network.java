package dev.bucketlens.fetch;

import java.net.InetAddress;
import java.util.NoSuchElementException;
import java.util.Objects;

/**
 * A block of addresses in CIDR form, such as {@code 10.0.0.0/8} or {@code fc00::/7}.
 *
 * @param address first address of the block
 * @param prefixLength leading bits that an address of the block shares, 0 to 32 or 128
 */
public record Network(InetAddress address, int prefixLength) {

  /** Checks that the prefix fits the kind of address. */
  public Network {
    Objects.requireNonNull(address);
    int bits = address.getAddress().length * Byte.SIZE;
    if (prefixLength < 0 || prefixLength > bits) {
      throw new IllegalArgumentException(
          "Network %s/%d: the prefix length must be 0 to %d."
              .formatted(address.getHostAddress(), prefixLength, bits));
    }
  }

  /**
   * Reads {@code address/length}, or one address alone.
   *
   * @throws IllegalArgumentException if the text is neither; names are never looked up
   */
  public static Network parse(String text) {
    int slash = text.indexOf('/');
    try {
      InetAddress address =
          FetchTarget.literal(slash < 0 ? text : text.substring(0, slash)).orElseThrow();
      int bits = address.getAddress().length * Byte.SIZE;
      return new Network(address, slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1)));
    } catch (IllegalArgumentException | NoSuchElementException e) {
      throw new IllegalArgumentException(
          "Network \"%s\" is not in CIDR form: write it like 10.0.0.0/8 or fd00::/8."
              .formatted(text),
          e);
    }
  }

  /** Returns whether {@code other} is of the same kind (IPv4, IPv6) and lies in this block. */
  public boolean contains(InetAddress other) {
    byte[] mine = address.getAddress();
    byte[] theirs = other.getAddress();
    if (mine.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefixLength; bit += Byte.SIZE) {
      int index = bit / Byte.SIZE;
      int free = Math.max(0, bit + Byte.SIZE - prefixLength);
      if (((mine[index] ^ theirs[index]) & 0xff) >>> free != 0) {
        return false;
      }
    }
    return true;
  }
}
