package io.foldwise.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foldwise.learn.AffineFunction;
import io.foldwise.learn.LinearModel;
import io.foldwise.learn.PolynomialBasis;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A function in its own basis as one line of JSON, read back bit by bit: {basis, features, degree,
 * middle, halfWidth, intercept, coefficients}.
 */
final class LinearModelJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private LinearModelJson() {}

  static String text(LinearModel model) throws JsonProcessingException {
    PolynomialBasis basis = model.basis();
    int d = basis.features().size();
    ObjectNode node = MAPPER.createObjectNode();
    node.put("basis", basis.kind().name());
    node.set("features", MAPPER.valueToTree(basis.features()));
    node.put("degree", basis.degree());
    node.set(
        "middle", MAPPER.valueToTree(IntStream.range(0, d).mapToDouble(basis::middle).toArray()));
    node.set(
        "halfWidth",
        MAPPER.valueToTree(IntStream.range(0, d).mapToDouble(basis::halfWidth).toArray()));
    node.put("intercept", model.function().intercept());
    node.set("coefficients", MAPPER.valueToTree(model.function().coefficients()));
    return MAPPER.writeValueAsString(node);
  }

  /**
   * The function of such a line.
   *
   * @throws IOException if it is no JSON or lacks a field
   */
  static LinearModel read(String text) throws IOException {
    JsonNode node = MAPPER.readTree(text);
    List<String> features = new ArrayList<>();
    field(node, "features").forEach(name -> features.add(name.asText()));
    PolynomialBasis basis =
        PolynomialBasis.restored(
            PolynomialBasis.Kind.valueOf(field(node, "basis").asText()),
            features,
            field(node, "degree").asInt(),
            numbers(node, "middle"),
            numbers(node, "halfWidth"));
    return new LinearModel(
        basis,
        new AffineFunction(field(node, "intercept").doubleValue(), numbers(node, "coefficients")));
  }

  private static double[] numbers(JsonNode node, String name) throws IOException {
    List<Double> numbers = new ArrayList<>();
    field(node, name).forEach(number -> numbers.add(number.doubleValue()));
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static JsonNode field(JsonNode node, String name) throws IOException {
    if (!node.hasNonNull(name)) {
      throw new IOException("the field '" + name + "' is missing");
    }
    return node.get(name);
  }
}
