package dev.bucketlens.image.resize;

/** The weight of a source pixel by its distance from the centre, for a scale of one. */
enum Kernel {
  BOX(0.5) {
    @Override
    double weight(double distance) {
      return distance > -0.5 && distance <= 0.5 ? 1 : 0;
    }
  },
  TRIANGLE(1) {
    @Override
    double weight(double distance) {
      return Math.max(1 - Math.abs(distance), 0);
    }
  },
  /** Keys' cubic convolution with a = -0.5 (R. Keys, 1981). */
  CUBIC(2) {
    @Override
    double weight(double distance) {
      double x = Math.abs(distance);
      if (x < 1) {
        return ((CUBIC_A + 2) * x - (CUBIC_A + 3)) * x * x + 1;
      }
      return x < 2 ? (((x - 5) * x + 8) * x - 4) * CUBIC_A : 0;
    }
  },
  LANCZOS3(3) {
    @Override
    double weight(double distance) {
      return distance >= -3 && distance < 3 ? sinc(distance) * sinc(distance / 3) : 0;
    }
  };

  private static final double CUBIC_A = -0.5;

  private final double support;

  Kernel(double support) {
    this.support = support;
  }

  /** Returns the distance beyond which every weight is zero. */
  double support() {
    return support;
  }

  abstract double weight(double distance);

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  }
}
