// Runs Kubeflow's own check of an uploaded pipeline file (backend/src/apiserver/template) and prints one JSON line a file. A KFP v2
// pipeline is also compiled to an Argo Workflow, as the server does when a run is created.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"time"

	"github.com/kubeflow/pipelines/api/v2alpha1/go/pipelinespec"
	"github.com/kubeflow/pipelines/backend/src/apiserver/model"
	"github.com/kubeflow/pipelines/backend/src/apiserver/template"
	"google.golang.org/protobuf/encoding/protojson"
	"sigs.k8s.io/yaml"
)

type verdict struct {
	File       string   `json:"file"`
	OK         bool     `json:"ok"`
	Kind       string   `json:"kind"`
	Parameters string   `json:"parameters"`
	Errors     []string `json:"errors"`
}

func main() {
	// The server logs through glog, which writes to files unless told otherwise.
	if err := flag.Set("logtostderr", "true"); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	out := json.NewEncoder(os.Stdout)
	for _, file := range os.Args[1:] {
		found := judged(file)
		if err := out.Encode(found); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
	}
}

// judged gives up after a while: the server decodes YAML that does not parse for ever.
func judged(file string) verdict {
	done := make(chan verdict, 1)
	go func() {
		found := verdict{File: file, Errors: []string{}}
		check(file, &found)
		done <- found
	}()
	select {
	case found := <-done:
		return found
	case <-time.After(10 * time.Second):
		return verdict{File: file, Errors: []string{"the server does not come to an end"}}
	}
}

func check(file string, found *verdict) {
	text, err := os.ReadFile(file)
	if err == nil {
		var uploaded template.Template
		uploaded, err = template.New(text)
		if err == nil {
			found.Kind = string(uploaded.GetTemplateType())
			found.Parameters, err = uploaded.ParametersJSON()
			if err == nil && uploaded.IsV2() {
				err = createRun(uploaded)
			}
		}
	}
	if err != nil {
		found.Errors = append(found.Errors, err.Error())
		return
	}
	found.OK = true
}

// createRun compiles a KFP v2 pipeline with a value for each parameter that needs one.
func createRun(uploaded template.Template) error {
	document, err := pipelineSpec(uploaded.Bytes())
	if err != nil {
		return err
	}
	values := map[string]any{}
	for name, parameter := range document.GetRoot().GetInputDefinitions().GetParameters() {
		if parameter.GetDefaultValue() == nil && !parameter.GetIsOptional() {
			values[name] = exampleOf[parameter.GetParameterType()]
		}
	}
	parameters, err := json.Marshal(values)
	if err != nil {
		return err
	}
	run := &model.Run{PipelineSpec: model.PipelineSpec{RuntimeConfig: model.RuntimeConfig{Parameters: string(parameters)}}}
	_, err = uploaded.RunWorkflow(run, template.RunWorkflowOptions{RunId: "run", RunAt: 0})
	if err != nil {
		return fmt.Errorf("run: %w", err)
	}
	return nil
}

// pipelineSpec reads the first document that the server keeps of an upload, which is the pipeline.
func pipelineSpec(kept []byte) (*pipelinespec.PipelineSpec, error) {
	first, _, _ := bytes.Cut(kept, []byte("\n---\n"))
	text, err := yaml.YAMLToJSON(first)
	if err != nil {
		return nil, err
	}
	var document pipelinespec.PipelineSpec
	return &document, protojson.Unmarshal(text, &document)
}

var exampleOf = map[pipelinespec.ParameterType_ParameterTypeEnum]any{
	pipelinespec.ParameterType_NUMBER_DOUBLE:  0.5,
	pipelinespec.ParameterType_NUMBER_INTEGER: 1,
	pipelinespec.ParameterType_STRING:         "text",
	pipelinespec.ParameterType_BOOLEAN:        true,
	pipelinespec.ParameterType_LIST:           []any{"item"},
	pipelinespec.ParameterType_STRUCT:         map[string]any{"key": "value"},
}
