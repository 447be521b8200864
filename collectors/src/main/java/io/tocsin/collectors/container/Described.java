package io.tocsin.collectors.container;

import io.tocsin.schemas.Tier;
import java.util.List;
import java.util.Map;

/**
 * A container as its manager describes it.
 *
 * @param id as in its control group's name
 * @param name what people call it
 * @param names what tells it from the machine's other containers; parts of its resource id
 * @param service the service it says it belongs to; null for none
 * @param tier what it says of that service
 * @param labels of its resource
 * @param condition its state
 */
record Described(
    String id,
    String name,
    List<String> names,
    String service,
    Tier tier,
    Map<String, String> labels,
    Condition condition) {}
