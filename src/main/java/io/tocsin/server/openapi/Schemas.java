package io.tocsin.server.openapi;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.MethodScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaBuilder;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * JSON schemas of the records that go in and out, in the dialect that OpenAPI 3.1 takes.
 *
 * <p>What may be null: in packages marked {@link NullMarked}, what is marked {@link Nullable};
 * elsewhere everything but numbers, truths and collections. A {@code double} of the capacity
 * answers may be null, too, as JSON has no other word for "not a number".
 */
final class Schemas {

  /** Whose {@code double}s are written as null where they are not a number. */
  private static final String UNKNOWN_NUMBERS = "io.tocsin.capacity";

  private static final String OURS = "io.tocsin.";

  private final SchemaBuilder builder;

  Schemas() {
    SchemaGeneratorConfigBuilder config =
        new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
            .with(
                new JacksonModule(
                    JacksonOption.FLATTENED_ENUMS_FROM_JSONVALUE,
                    JacksonOption.FLATTENED_ENUMS_FROM_JSONPROPERTY))
            .with(
                Option.EXTRA_OPEN_API_FORMAT_VALUES,
                Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES,
                Option.NULLABLE_ARRAY_ITEMS_ALLOWED,
                Option.GETTER_METHODS,
                Option.NONSTATIC_NONVOID_NONGETTER_METHODS,
                Option.FIELDS_DERIVED_FROM_ARGUMENTFREE_METHODS)
            .without(Option.SCHEMA_VERSION_INDICATOR);
    config
        .forFields()
        .withNullableCheck(Schemas::mayBeNull)
        .withRequiredCheck(field -> !mayBeNull(field) && isAlwaysWritten(field));
    config.forMethods().withIgnoreCheck(method -> !isWritten(method));
    config.forTypesInGeneral().withSubtypeResolver((type, context) -> permitted(type, context));
    config.forTypesInGeneral().withDefinitionNamingStrategy((key, context) -> name(key.getType()));
    this.builder = new SchemaGenerator(config.build()).buildMultipleSchemaDefinitions();
  }

  /** A reference to the schema of a type, or that schema itself where it is a plain one. */
  ObjectNode of(Type type) {
    return builder.createSchemaReference(type);
  }

  /** All schemas that were referred to so far. */
  ObjectNode definitions() {
    return builder.collectDefinitions("components/schemas");
  }

  /** {@code IncidentView.Line}, {@code Map_String_Object}. */
  private static String name(ResolvedType type) {
    StringBuilder name = new StringBuilder(name(type.getErasedType()));
    type.getTypeParameters().forEach(each -> name.append('_').append(name(each)));
    return name.toString();
  }

  private static String name(Class<?> type) {
    String owner = type.getEnclosingClass() == null ? "" : name(type.getEnclosingClass()) + ".";
    return owner + type.getSimpleName().replace("[]", "List");
  }

  private static @Nullable List<ResolvedType> permitted(
      ResolvedType type, SchemaGenerationContext context) {
    Class<?> raw = type.getErasedType();
    return raw.isInterface() && raw.isSealed()
        ? Arrays.stream(raw.getPermittedSubclasses())
            .map(each -> context.getTypeContext().resolveSubtype(type, each))
            .toList()
        : null;
  }

  private static boolean mayBeNull(FieldScope field) {
    Class<?> type = field.getType().getErasedType();
    Class<?> owner = field.getRawMember().getDeclaringClass();
    if (type.isPrimitive()) {
      return type == double.class && owner.getPackageName().startsWith(UNKNOWN_NUMBERS);
    }
    AnnotatedType written = field.getRawMember().getAnnotatedType();
    if (field.isFakeContainerItemScope()) {
      return written instanceof AnnotatedParameterizedType list
          && Arrays.stream(list.getAnnotatedActualTypeArguments())
              .anyMatch(item -> item.isAnnotationPresent(Nullable.class));
    }
    if (written.isAnnotationPresent(Nullable.class)) {
      return true;
    }
    return !owner.getPackage().isAnnotationPresent(NullMarked.class)
        && !Collection.class.isAssignableFrom(type)
        && !Map.class.isAssignableFrom(type);
  }

  private static boolean isAlwaysWritten(FieldScope field) {
    return !field.getRawMember().getDeclaringClass().isAnnotationPresent(JsonInclude.class)
        && !field.getRawMember().isAnnotationPresent(JsonInclude.class);
  }

  /** Whether Jackson writes what a method says: {@code isX} and {@code getX} of no component. */
  private static boolean isWritten(MethodScope method) {
    if (!method.getRawMember().getDeclaringClass().getName().startsWith(OURS)) {
      return false;
    }
    String name = method.getName();
    boolean isGetter =
        name.matches("get\\p{Lu}.*")
            || (name.matches("is\\p{Lu}.*")
                && method.getRawMember().getReturnType() == boolean.class);
    return isGetter
        && method.getArgumentCount() == 0
        && method.isPublic()
        && !isComponent(method.getRawMember().getDeclaringClass(), name);
  }

  private static boolean isComponent(Class<?> type, String name) {
    RecordComponent[] components = type.getRecordComponents();
    return components != null
        && Arrays.stream(components).map(RecordComponent::getName).anyMatch(name::equals);
  }
}
