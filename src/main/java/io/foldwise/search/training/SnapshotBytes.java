package io.foldwise.search.training;

import io.foldwise.learn.model.Imputed;
import io.foldwise.learn.model.InitialWeights;
import io.foldwise.learn.model.PolynomialBasis;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parts of snapshots as bytes: big-endian, texts in the UTF-8 of {@link DataOutput#writeUTF},
 * arrays and lists preceded by their length.
 */
final class SnapshotBytes {
  private SnapshotBytes() {}

  static void write(DataOutput out, PolynomialBasis basis) throws IOException {
    int d = basis.features().size();
    out.writeInt(d);
    for (String feature : basis.features()) {
      out.writeUTF(feature);
    }
    out.writeInt(basis.degree());
    out.writeUTF(basis.kind().name());
    double[] middle = new double[d];
    double[] halfWidth = new double[d];
    Arrays.setAll(middle, basis::middle);
    Arrays.setAll(halfWidth, basis::halfWidth);
    write(out, middle);
    write(out, halfWidth);
    out.writeInt(basis.imputed().size());
    for (Imputed feature : basis.imputed()) {
      out.writeInt(feature.value());
      out.writeInt(feature.missing());
      out.writeDouble(feature.filled());
      write(out, feature.medians().stream().mapToDouble(Double::doubleValue).toArray());
    }
  }

  /** Writes where descent starts; what is drawn at random is written as drawn. */
  static void write(DataOutput out, InitialWeights initialWeights, int terms, long seed)
      throws IOException {
    InitialWeights known = initialWeights.drawn(terms, seed);
    out.writeUTF(known.getClass().getSimpleName());
    if (known instanceof InitialWeights.Drawn drawn) {
      write(out, drawn.values());
    } else if (known instanceof InitialWeights.Given given) {
      out.writeDouble(given.intercept());
      out.writeInt(given.coefficients().size());
      for (Map.Entry<String, Double> term : given.coefficients().entrySet()) {
        out.writeUTF(term.getKey());
        out.writeDouble(term.getValue());
      }
    }
  }

  static void write(DataOutput out, double[] numbers) throws IOException {
    out.writeInt(numbers.length);
    for (double number : numbers) {
      out.writeDouble(number);
    }
  }

  static PolynomialBasis readBasis(DataInput in) throws IOException {
    List<String> features = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      features.add(in.readUTF());
    }
    int degree = in.readInt();
    PolynomialBasis.Kind kind = PolynomialBasis.Kind.valueOf(in.readUTF());
    double[] middle = readNumbers(in);
    PolynomialBasis basis =
        PolynomialBasis.restored(kind, features, degree, middle, readNumbers(in));
    List<Imputed> imputed = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      Imputed feature = new Imputed(in.readInt(), in.readInt(), in.readDouble());
      imputed.add(feature.with(Arrays.stream(readNumbers(in)).boxed().toList()));
    }
    return basis.imputing(imputed);
  }

  static InitialWeights readInitialWeights(DataInput in) throws IOException {
    String kind = in.readUTF();
    return switch (kind) {
      case "Baseline" -> new InitialWeights.Baseline();
      case "Zeros" -> new InitialWeights.Zeros();
      case "Drawn" -> new InitialWeights.Drawn(readNumbers(in));
      case "Given" -> readGiven(in);
      default -> throw new IOException("initial weights of kind " + kind);
    };
  }

  private static InitialWeights readGiven(DataInput in) throws IOException {
    double intercept = in.readDouble();
    Map<String, Double> coefficients = new LinkedHashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      coefficients.put(in.readUTF(), in.readDouble());
    }
    return new InitialWeights.Given(intercept, coefficients);
  }

  static double[] readNumbers(DataInput in) throws IOException {
    double[] numbers = new double[in.readInt()];
    for (int at = 0; at < numbers.length; at++) {
      numbers[at] = in.readDouble();
    }
    return numbers;
  }
}
