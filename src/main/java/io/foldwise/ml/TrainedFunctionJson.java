package io.foldwise.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.model.AffineFunction;
import io.foldwise.learn.model.LinearModel;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.spark.data.schema.Classes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A trained function in its own basis as one line of JSON, read back bit by bit: {basis, features,
 * degree, middle, halfWidth, intercept, coefficients, loss, parameter, positive}. The loss is its
 * name and δ, τ or the number of classes; a line without one is of squared loss. {@code positive}
 * is there where a value was named that counts as 1, {@code classes} where labels were read as
 * such; of several functions intercept and coefficients are arrays with one entry for each.
 */
final class TrainedFunctionJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private TrainedFunctionJson() {}

  static String text(TrainedFunction trained) throws JsonProcessingException {
    ObjectNode node = MAPPER.createObjectNode();
    put(node, trained.function());
    node.put("loss", trained.loss().label());
    node.put("parameter", trained.loss().parameter());
    if (!trained.classes().isNone()) {
      node.set("classes", MAPPER.valueToTree(trained.classes().names()));
    }
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
    if (model.functions().size() == 1) {
      node.put("intercept", model.function().intercept());
      node.set("coefficients", MAPPER.valueToTree(model.function().coefficients()));
      return;
    }
    ArrayNode intercepts = node.putArray("intercept");
    ArrayNode coefficients = node.putArray("coefficients");
    for (AffineFunction function : model.functions()) {
      intercepts.add(function.intercept());
      coefficients.add(MAPPER.valueToTree(function.coefficients()));
    }
  }

  /**
   * The function of such a line.
   *
   * @throws IOException if it is no JSON or lacks a field
   */
  static TrainedFunction read(String text) throws IOException {
    JsonNode node = MAPPER.readTree(text);
    List<String> classes = new ArrayList<>();
    node.path("classes").forEach(name -> classes.add(name.asText()));
    return new TrainedFunction(function(node), loss(node), node.path("positive").asText(""))
        .with(new Classes(classes));
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
    JsonNode intercepts = field(node, "intercept");
    JsonNode coefficients = field(node, "coefficients");
    if (!intercepts.isArray()) {
      return new LinearModel(
          basis, new AffineFunction(intercepts.doubleValue(), numbers(coefficients)));
    }
    List<AffineFunction> functions = new ArrayList<>();
    for (int k = 0; k < intercepts.size(); k++) {
      functions.add(
          new AffineFunction(intercepts.get(k).doubleValue(), numbers(coefficients.path(k))));
    }
    return new LinearModel(basis, functions);
  }

  private static double[] numbers(JsonNode node, String name) throws IOException {
    return numbers(field(node, name));
  }

  private static double[] numbers(JsonNode array) {
    List<Double> numbers = new ArrayList<>();
    array.forEach(number -> numbers.add(number.doubleValue()));
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static JsonNode field(JsonNode node, String name) throws IOException {
    if (!node.hasNonNull(name)) {
      throw new IOException("the field '" + name + "' is missing");
    }
    return node.get(name);
  }
}
