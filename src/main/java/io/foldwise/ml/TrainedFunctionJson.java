package io.foldwise.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.model.AffineFunction;
import io.foldwise.learn.model.LinearModel;
import io.foldwise.learn.model.PolynomialBasis;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A trained function in its own basis as one line of JSON, read back bit by bit: {basis, features,
 * degree, middle, halfWidth, intercept, coefficients, loss, parameter, positive}. The loss is its
 * name and δ or τ; a line without one is of squared loss. {@code positive} is there where labels
 * were mapped.
 */
final class TrainedFunctionJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private TrainedFunctionJson() {}

  static String text(TrainedFunction trained) throws JsonProcessingException {
    ObjectNode node = MAPPER.createObjectNode();
    put(node, trained.function());
    node.put("loss", trained.loss().label());
    node.put("parameter", trained.loss().parameter());
    if (!trained.positive().isEmpty()) {
      node.put("positive", trained.positive());
    }
    return MAPPER.writeValueAsString(node);
  }

  private static void put(ObjectNode node, LinearModel model) {
    PolynomialBasis basis = model.basis();
    int d = basis.features().size();
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
  }

  /**
   * The function of such a line.
   *
   * @throws IOException if it is no JSON or lacks a field
   */
  static TrainedFunction read(String text) throws IOException {
    JsonNode node = MAPPER.readTree(text);
    return new TrainedFunction(function(node), loss(node), node.path("positive").asText(""));
  }

  private static Loss loss(JsonNode node) throws IOException {
    if (!node.hasNonNull("loss")) {
      return new Squared();
    }
    String label = node.get("loss").asText();
    double parameter = field(node, "parameter").doubleValue();
    return Loss.kind(label)
        .orElseThrow(() -> new IOException("the loss '" + label + "' is unknown"))
        .with(parameter);
  }

  private static LinearModel function(JsonNode node) throws IOException {
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
