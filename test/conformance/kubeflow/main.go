// Runs Kubeflow's own check of an uploaded pipeline file (backend/src/apiserver/template) and prints one JSON line a file.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"

	"github.com/kubeflow/pipelines/backend/src/apiserver/template"
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
		found := verdict{File: file, Errors: []string{}}
		check(file, &found)
		if err := out.Encode(found); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
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
		}
	}
	if err != nil {
		found.Errors = append(found.Errors, err.Error())
		return
	}
	found.OK = true
}
