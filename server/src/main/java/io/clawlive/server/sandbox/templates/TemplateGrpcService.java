package io.clawlive.server.sandbox.templates;

import io.clawlive.sandbox.v1.GetTemplateRequest;
import io.clawlive.sandbox.v1.GetTemplateResponse;
import io.clawlive.sandbox.v1.ListTemplatesRequest;
import io.clawlive.sandbox.v1.ListTemplatesResponse;
import io.clawlive.sandbox.v1.Model;
import io.clawlive.sandbox.v1.ModelProvider;
import io.clawlive.sandbox.v1.ReloadTemplatesRequest;
import io.clawlive.sandbox.v1.ReloadTemplatesResponse;
import io.clawlive.sandbox.v1.TemplateProblem;
import io.clawlive.sandbox.v1.TemplateReference;
import io.clawlive.sandbox.v1.TemplateServiceGrpc.TemplateServiceImplBase;
import io.clawlive.sandbox.v1.TemplateVariable;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.TreeMap;

@Singleton
final class TemplateGrpcService extends TemplateServiceImplBase {
  private static final int MOST_PROBLEMS = 200;

  private final Templates templates;

  TemplateGrpcService(Templates templates) {
    this.templates = templates;
  }

  @Override
  public void listTemplates(
      ListTemplatesRequest request, StreamObserver<ListTemplatesResponse> out) {
    Catalog catalog = templates.current();
    var answer = ListTemplatesResponse.newBuilder();
    new TreeMap<>(catalog.templates())
        .values()
        .forEach(template -> answer.addTemplates(message(template)));
    new TreeMap<>(catalog.providers())
        .values()
        .forEach(provider -> answer.addProviders(message(provider)));
    out.onNext(answer.build());
    out.onCompleted();
  }

  @Override
  public void getTemplate(GetTemplateRequest request, StreamObserver<GetTemplateResponse> out) {
    Template template = templates.get(request.getTemplate());
    out.onNext(GetTemplateResponse.newBuilder().setTemplate(message(template)).build());
    out.onCompleted();
  }

  @Override
  public void reloadTemplates(
      ReloadTemplatesRequest request, StreamObserver<ReloadTemplatesResponse> out) {
    Catalog catalog = templates.reload();
    var answer =
        ReloadTemplatesResponse.newBuilder()
            .setTemplates(catalog.templates().size())
            .setProviders(catalog.providers().size());
    catalog.problems().stream()
        .limit(MOST_PROBLEMS)
        .forEach(problem ->
            answer.addProblems(
                TemplateProblem.newBuilder()
                    .setFile(problem.file())
                    .setLine(problem.line())
                    .setColumn(problem.column())
                    .setMessage(problem.what())));
    out.onNext(answer.build());
    out.onCompleted();
  }

  private io.clawlive.sandbox.v1.Template message(Template template) {
    var message =
        io.clawlive.sandbox.v1.Template.newBuilder()
            .setTemplate(template.key())
            .setName(template.name().isEmpty() ? template.key() : template.name())
            .setDescription(template.description())
            .setSpec(template.spec())
            .setLlmProvider(template.provider())
            .setLlmModel(templates.model(template))
            .setSource(template.source())
            .setExtends(template.parent());
    template
        .references()
        .forEach((name, text) ->
            message.addReferences(
                TemplateReference.newBuilder()
                    .setName(name)
                    .addAllFrom(References.in(text))
                    .setSet(templates.isSet(text))));
    template
        .variables()
        .forEach((name, variable) ->
            message.addVariables(
                TemplateVariable.newBuilder()
                    .setName(name)
                    .setDescription(variable.description())
                    .setDefaultValue(variable.fallback())
                    .setRequired(variable.required())));
    return message.build();
  }

  private static ModelProvider message(Provider provider) {
    var message =
        ModelProvider.newBuilder()
            .setProvider(provider.key())
            .setName(provider.name())
            .setTier(provider.tier())
            .setEnvKey(provider.envKey())
            .setDefaultModel(provider.defaultModel());
    provider
        .models()
        .forEach(model ->
            message.addModels(
                Model.newBuilder()
                    .setModelId(model.id())
                    .setName(model.name())
                    .setContextTokens(model.context())));
    return message.build();
  }
}
